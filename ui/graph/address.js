// The step in the page's address, counted from 1 as on the screen: a link and a reload come back to it.

const ADDRESS_REST = 300 // ms: browsers refuse an address that changes too often

function stepInAddress() {
  let timer = null
  return {
    write(at) {
      clearTimeout(timer)
      timer = setTimeout(() => {
        const address = new URL(window.location.href)
        if (at === 0) address.searchParams.delete("step")
        else address.searchParams.set("step", String(at + 1))
        if (address.href !== window.location.href) window.history.replaceState(window.history.state, "", address)
      }, ADDRESS_REST)
    },
    stop: () => clearTimeout(timer),
  }
}
