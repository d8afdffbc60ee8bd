// Completion of the filter while it is typed: a combobox with a list box (WAI-ARIA Authoring Practices). Suggestions come from the server and are
// written as text, never as markup.

const pause = 120;

export function attach(input, list, component) {
  let suggestions = [];
  let active = -1;
  let asked = 0;
  let timer = 0;

  const close = () => {
    asked++;
    suggestions = [];
    active = -1;
    list.replaceChildren();
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const choose = (index) => {
    active = index;
    for (const [i, option] of [...list.children].entries()) {
      option.setAttribute("aria-selected", String(i === index));
    }
    list.children[index]?.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", list.children[index]?.id ?? "");
  };

  const accept = ({ text, start, length }) => {
    const rest = input.value.slice(start + length);
    const space = text.endsWith(":") || rest.startsWith(" ") ? "" : " ";
    input.value = input.value.slice(0, start) + text + space + rest;
    const caret = start + text.length + (space || rest.startsWith(" ") ? 1 : 0);
    input.focus();
    input.setSelectionRange(caret, caret);
    close();
    ask();
  };

  const show = (answer) => {
    suggestions = answer;
    active = -1;
    list.replaceChildren(...answer.map((suggestion, i) => {
      const option = document.createElement("li");
      option.id = `filter-suggestion-${i}`;
      option.role = "option";
      option.setAttribute("aria-selected", "false");
      const text = option.appendChild(document.createElement("span"));
      text.textContent = suggestion.shown;
      if (suggestion.flows !== null) {
        const count = option.appendChild(document.createElement("small"));
        count.textContent = suggestion.flows.toLocaleString(document.documentElement.lang);
      }
      // The field must not lose the focus before the choice is taken over.
      option.addEventListener("mousedown", (event) => { event.preventDefault(); accept(suggestion); });
      return option;
    }));
    list.hidden = answer.length === 0;
    input.setAttribute("aria-expanded", String(answer.length > 0));
  };

  const ask = () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const mine = ++asked;
      const answer = await component.invokeMethodAsync("Complete", input.value, input.selectionStart ?? input.value.length);
      if (mine === asked && document.activeElement === input) {
        show(answer);
      }
    }, pause);
  };

  const step = (by) => choose((active + by + suggestions.length) % suggestions.length);

  input.addEventListener("input", ask);
  input.addEventListener("click", ask);
  input.addEventListener("blur", () => { clearTimeout(timer); close(); });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" && suggestions.length === 0) {
      ask();
    } else if (event.key === "Enter" && active < 0) {
      clearTimeout(timer);
      close();
      return;
    } else if (suggestions.length === 0) {
      return;
    } else if (event.key === "ArrowDown") {
      step(1);
    } else if (event.key === "ArrowUp") {
      step(active < 0 ? 0 : -1);
    } else if (event.key === "Escape") {
      close();
    } else if (event.key === "Tab" && !event.shiftKey) {
      accept(suggestions[Math.max(active, 0)]);
    } else if (event.key === "Enter") {
      accept(suggestions[active]);
    } else {
      return;
    }
    event.preventDefault();
  });

  // What was typed before this script was there is completed as well.
  if (document.activeElement === input && input.value) {
    ask();
  }
}
