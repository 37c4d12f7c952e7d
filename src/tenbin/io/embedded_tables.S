/* SPDX-License-Identifier: Apache-2.0
   data/states/states.csv and others.csv, and data/evidence/claims.csv, as bytes. */
  .section .rodata
  .global tenbin_states_begin
  .global tenbin_states_end
  .global tenbin_others_begin
  .global tenbin_others_end
  .global tenbin_claims_begin
  .global tenbin_claims_end
tenbin_states_begin:
  .incbin TENBIN_STATES
tenbin_states_end:
  .byte 0
tenbin_others_begin:
  .incbin TENBIN_OTHERS
tenbin_others_end:
  .byte 0
tenbin_claims_begin:
  .incbin TENBIN_CLAIMS
tenbin_claims_end:
  .byte 0
  .section .note.GNU-stack, "", %progbits
