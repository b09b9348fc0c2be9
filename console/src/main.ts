import "./style.css"

import { mount } from "svelte"

import App from "./App.svelte"
import { resume } from "./session.svelte"
import { firstLanguage, speak } from "./texts.svelte"

await speak(firstLanguage())
await resume()
mount(App, { target: document.body })

if (import.meta.env.PROD) await navigator.serviceWorker?.register("/console/sw.js", { scope: "/console/" })
