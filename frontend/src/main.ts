import '@digital-go-jp/design-tokens/dist/tokens.css'
import './window.css'

import { mount } from 'svelte'

import Window from './Window.svelte'

const target = document.getElementById('app')
if (!target) throw new Error('the page has no #app')

export default mount(Window, { target })
