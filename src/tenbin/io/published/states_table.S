/* SPDX-License-Identifier: Apache-2.0
   data/states/states.csv as bytes. */
  .section .rodata
  .global tenbin_states_begin
  .global tenbin_states_end
tenbin_states_begin:
  .incbin TENBIN_STATES
tenbin_states_end:
  .byte 0
  .section .note.GNU-stack, "", %progbits
