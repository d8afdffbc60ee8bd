// Copies the text of an element. Without permission, or where a page is not on HTTPS or loopback, it is selected instead, ready for Ctrl+C.
export async function copy(element) {
  try {
    await navigator.clipboard.writeText(element.textContent);
    return true;
  } catch {
    getSelection().selectAllChildren(element);
    return false;
  }
}
