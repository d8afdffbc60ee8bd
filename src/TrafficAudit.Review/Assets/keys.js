// Keys of every page. They work on links and buttons that are there for the mouse as well.

const typing = (element) => element.closest?.("input, textarea, select, [contenteditable], dialog[open]");
const rows = () => [...document.querySelectorAll("#content tbody tr")].filter((row) => row.querySelector("th a"));

function move(step) {
  const neighbour = document.getElementById(step > 0 ? "next-flow" : "previous-flow");
  if (neighbour) {
    neighbour.click();
    return;
  }
  const all = rows();
  const now = all.indexOf(document.activeElement.closest?.("tr"));
  const next = all[now < 0 ? 0 : now + step];
  next?.querySelector("th a").focus();
  next?.scrollIntoView({ block: "nearest" });
}

// Called when another page is shown.
export function focusContent() {
  if (!typing(document.activeElement)) {
    document.getElementById("content")?.focus();
  }
}

const actions = {
  "/": () => document.getElementById("filter")?.focus(),
  "?": () => document.getElementById("key-help").showModal(),
  j: () => move(1),
  k: () => move(-1),
  m: () => (document.activeElement.closest?.("tr") ?? document.getElementById("this-flow"))?.querySelector("[data-mark]")?.click(),
  p: () => document.getElementById("pause")?.click(),
};

document.addEventListener("keydown", (event) => {
  if (!event.ctrlKey && !event.metaKey && !event.altKey && !typing(event.target) && Object.hasOwn(actions, event.key)) {
    event.preventDefault();
    actions[event.key]();
  }
});

document.addEventListener("click", (event) => {
  const closing = event.target.closest?.("[data-closes]");
  if (closing) {
    document.getElementById(closing.dataset.closes).close();
  }
  // An open menu closes when one clicks beside it, or has chosen from it.
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target) || event.target.closest("[data-chooses]")) {
      menu.open = false;
    }
  }
});
