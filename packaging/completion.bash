# SPDX-License-Identifier: Apache-2.0
# Completion of tenbin in bash: verbs and flags come from the program's own help, everything else is a file.
_tenbin() {
  local word=${COMP_WORDS[COMP_CWORD]} verb=${COMP_WORDS[1]}
  if [ "$COMP_CWORD" -eq 1 ]; then
    mapfile -t COMPREPLY < <(compgen -W "$(tenbin --help 2>/dev/null | sed -n '/^Subcommands:/,$ s/^  \([a-z-]*\) .*/\1/p') --help --version" -- "$word")
  elif [[ $word == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$(tenbin "$verb" --help 2>/dev/null | grep -oE -e '--[a-z][a-z-]*' | sort -u)" -- "$word")
  else
    mapfile -t COMPREPLY < <(compgen -f -- "$word")
    compopt -o filenames 2>/dev/null
  fi
}
complete -F _tenbin tenbin
