// SPDX-License-Identifier: Apache-2.0
// The script of a live page and the hash of its style, as bytes of the program.
.section .rodata
.global tenbin_live_script, tenbin_live_script_end, tenbin_live_style, tenbin_live_style_end
tenbin_live_script:
.incbin TENBIN_LIVE_SCRIPT
tenbin_live_script_end:
.byte 0
tenbin_live_style:
.incbin TENBIN_LIVE_STYLE
tenbin_live_style_end:
.byte 0
.section .note.GNU-stack,"",%progbits
