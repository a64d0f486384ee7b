// Everything but the desk, in a file of its own: it is fetched once the desk
// stands (Window.svelte), so that the first screen does not wait for the last.

export { default as Preview } from '../parts/Preview.svelte'
export { default as Ask } from './drill/Ask.svelte'
export { default as Bag } from './drill/Bag.svelte'
export { default as Debrief } from './drill/Debrief.svelte'
export { default as Paused } from './drill/Paused.svelte'
export { default as Statement } from './drill/Statement.svelte'
export { default as Visitor } from './drill/Visitor.svelte'
export { default as Find } from './find/Find.svelte'
export { default as History } from './history/History.svelte'
export { default as LetterForm } from './letter/LetterForm.svelte'
export { default as Letters } from './letters/Letters.svelte'
export { default as Office } from './office/Office.svelte'
export { default as Papers } from './papers/Papers.svelte'
export { default as PinPanel } from './pin/PinPanel.svelte'
export { default as SecondVisit } from './second/SecondVisit.svelte'
