import '@digital-go-jp/design-tokens/dist/tokens.css'
import './window.css'

import { mount } from 'svelte'

import { program } from './program'
import Window from './Window.svelte'

// Light or dark as the system is, also while the window is open.
const dark = matchMedia('(prefers-color-scheme: dark)')
const follow = () => (document.documentElement.dataset['theme'] = dark.matches ? 'dark' : 'light')
dark.addEventListener('change', follow)
follow()

if (navigator.userAgent.includes('Windows')) document.documentElement.dataset['system'] = 'windows'

// What is dropped on the window would replace it.
for (const kind of ['dragover', 'drop']) window.addEventListener(kind, (event) => event.preventDefault())

const target = document.getElementById('app')
if (!target) throw new Error('the page has no #app')

// The program is asked before anything is drawn, and answers at once when it is
// open already: then the first thing drawn is the desk.
const begun = program.start()
const late = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), 150))
const known = await Promise.race([begun, late])

export default mount(Window, { target, props: known ? { known } : { begun } })
