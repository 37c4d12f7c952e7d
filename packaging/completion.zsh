#compdef tenbin
# SPDX-License-Identifier: Apache-2.0
# Completion of tenbin in zsh: verbs and flags come from the program's own help, everything else is a file.
if (( CURRENT == 2 )); then
  compadd -- ${(f)"$(tenbin --help 2>/dev/null | sed -n '/^Subcommands:/,$ s/^  \([a-z-]*\) .*/\1/p')"}
elif [[ $words[CURRENT] == -* ]]; then
  compadd -- ${(fu)"$(tenbin $words[2] --help 2>/dev/null | grep -oE -e '--[a-z][a-z-]*')"}
else
  _files
fi
