import '@digital-go-jp/design-tokens/dist/tokens.css'
import './window.css'

import { mount } from 'svelte'

import Window from './Window.svelte'

// Light or dark as the system is, also while the window is open.
const dark = matchMedia('(prefers-color-scheme: dark)')
const follow = () => (document.documentElement.dataset['theme'] = dark.matches ? 'dark' : 'light')
dark.addEventListener('change', follow)
follow()

const target = document.getElementById('app')
if (!target) throw new Error('the page has no #app')

export default mount(Window, { target })
