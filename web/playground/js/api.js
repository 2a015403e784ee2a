// Requests to the program. Everything is same-origin; errors carry the words of the problem document.

async function request(path, options = {}) {
  const response = await fetch(path, { headers: { Accept: 'application/json' }, ...options });
  const type = response.headers.get('Content-Type') || '';
  const body = type.includes('json') ? await response.json() : null;
  if (!response.ok) {
    throw new Error((body && (body.detail || body.title)) || `请求失败（${response.status}）`);
  }
  return body;
}

function post(path, body) {
  return request(path, { method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } });
}

// Reads a list to its end, page by page.
async function all(path, cursorName) {
  const items = [];
  let cursor = '';
  for (;;) {
    const separator = path.includes('?') ? '&' : '?';
    const page = await request(cursor ? `${path}${separator}${cursorName}=${encodeURIComponent(cursor)}` : path);
    items.push(...page.items);
    if (page.next === null) return items;
    cursor = page.next;
  }
}

const base = '/api/v1/playground';

export const api = {
  people: () => all(`${base}/people?limit=1000`, 'cursor'),
  groups: () => request(`${base}/groups`),
  newest: (count) => request(`${base}/timeline?last=${count}`),
  chat: (filter, count) => request(`${base}/timeline?last=${count}&${new URLSearchParams(filter)}`),
  after: (id) => request(`${base}/timeline?after=${id}&limit=500`),
  say: (message) => post(`${base}/messages`, message),
  neighbours: (wish) => post(`${base}/neighbours`, wish),
  clock: () => request(`${base}/clock`),
  advance: (seconds) => post(`${base}/clock`, { advance_seconds: seconds }),
  communities: () => request('/api/v1/communities'),
  proposals: (community) => request(`/api/v1/communities/${encodeURIComponent(community)}/proposals?limit=100`),
};
