// Procedure time, shown in the community's zone.

const zone = 'Asia/Shanghai';
const parts = new Intl.DateTimeFormat('zh-CN', {
  timeZone: zone, year: 'numeric', month: 'numeric', day: 'numeric', weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
});

function split(date) {
  return Object.fromEntries(parts.formatToParts(date).map((part) => [part.type, part.value]));
}

export function clockText(date) {
  const p = split(date);
  return `${p.hour}:${p.minute}`;
}

export function dayText(date) {
  const p = split(date);
  return `${p.month}月${p.day}日`;
}

export function fullText(date) {
  const p = split(date);
  return `${p.month}月${p.day}日 ${p.weekday} ${p.hour}:${p.minute}`;
}

// A deadline at midnight is the end of the day before.
export function deadlineText(date) {
  const p = split(date);
  return p.hour === '00' && p.minute === '00' ? `${dayText(new Date(date - 60000))} 24:00` : `${dayText(date)} ${p.hour}:${p.minute}`;
}

// What a chat list shows beside a message.
export function shortText(date, now) {
  return dayText(date) === dayText(now) ? clockText(date) : dayText(date);
}

// Seconds until the next moment at which the wall clock shows hour:minute.
export function secondsUntil(now, hour, minute) {
  const p = split(now);
  const passed = (Number(p.hour) * 60 + Number(p.minute)) * 60 + now.getSeconds();
  const wanted = (hour * 60 + minute) * 60;
  return wanted > passed ? wanted - passed : wanted - passed + 86400;
}
