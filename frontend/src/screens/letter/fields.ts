// What is typed for a letter, as it was typed. It lives with the desk, in memory
// only, so that another key and back loses nothing of it.

import type { PersonView } from '../../program'

type Typed = Omit<PersonView, 'address'> & { address: string }

export interface LetterFields {
  holder: Typed
  agent: Typed
  replyBy: string
  guarded: boolean
  holderByHand: boolean
  agentByHand: boolean
  baseForms: boolean
}

/** The fields as the form opens first: what is known is filled in. */
export function letterFields(holder: PersonView, birthDate: string): LetterFields {
  return {
    holder: { ...holder, address: holder.address.join('\n'), birthDate: holder.birthDate || birthDate },
    agent: { name: '', alias: '', postcode: '', address: '', birthDate: '', birth: '', relation: '' },
    replyBy: '',
    guarded: false,
    holderByHand: false,
    agentByHand: false,
    baseForms: false,
  }
}

/** A day that cannot be read as one, and the field it stands in. */
export class Unread extends Error {
  field: string

  constructor(field: string, label: string) {
    super(`${label}が日付として読めません。例: 19550203、S30.2.3`)
    this.field = field
  }
}
