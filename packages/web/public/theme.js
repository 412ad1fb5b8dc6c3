// Sets the chosen colour scheme before the first paint; without a choice the system's applies.
;(() => {
  try {
    const chosen = localStorage.getItem('throughline.theme')
    if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen
  } catch {
    // Storage may be blocked: the system's scheme applies.
  }
})()
