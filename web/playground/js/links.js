// Addresses of public pages inside texts become buttons that open the page beside the chat.

import { h } from './dom.js';

const pattern = /(?:https?:\/\/[^\s/]+)?(\/c\/[A-Za-z0-9_-]+\/\d*)/g;

let opener = () => {};
export function onOpenPage(open) {
  opener = open;
}
export function openPage(path) {
  opener(path);
}

export function linked(text) {
  const parts = [];
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index > from) parts.push(text.slice(from, match.index));
    const path = match[1];
    parts.push(h('button', { class: 'link', type: 'button', onclick: () => openPage(path) }, '公开页 ›'));
    from = match.index + match[0].length;
  }
  if (from < text.length) parts.push(text.slice(from));
  return parts;
}
