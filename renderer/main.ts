import './zod-without-eval.ts';
import './theme.css';
import './ui/text-input.css';
import { mount } from 'svelte';
import App from './app.svelte';

const target = document.getElementById('app');
if (!target) throw new Error('index.html has an element with the id "app"');
mount(App, { target });
