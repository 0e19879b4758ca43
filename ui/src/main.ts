import './styles/fonts.css';
import '@kern-ux/native/dist/kern.min.css';
import './styles/tokens.css';
import './styles/base.css';

import { mount } from 'svelte';
import App from './App.svelte';

const place = document.getElementById('kontor');
if (place) mount(App, { target: place });
