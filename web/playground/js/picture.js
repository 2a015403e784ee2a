// Pictures of a message: made small enough for the program's limit before they leave.

const longestPx = 1000;
const largestBase64 = 300000;

function encode(canvas, name) {
  for (const quality of [0.8, 0.6, 0.4, 0.2]) {
    const base64 = canvas.toDataURL('image/jpeg', quality).split(',')[1];
    if (base64.length < largestBase64) return { name, type: 'image/jpeg', base64 };
  }
  throw new Error('照片太大');
}

export async function shrink(file) {
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, longestPx / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  canvas.getContext('2d').drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return encode(canvas, file.name.slice(0, 60));
}

// A drawn barrier at the gate: something to send where no camera is at hand.
export async function samplePicture() {
  const canvas = document.createElement('canvas');
  canvas.width = 480;
  canvas.height = 320;
  const draw = canvas.getContext('2d');
  const block = (colour, ...box) => {
    draw.fillStyle = colour;
    draw.fillRect(...box);
  };
  block('#bfe3f5', 0, 0, 480, 200);
  block('#8aa36b', 0, 190, 480, 30);
  block('#6d7278', 0, 220, 480, 100);
  block('#e9e2d0', 300, 70, 150, 130);
  block('#b8563f', 290, 58, 170, 16);
  for (let row = 0; row < 2; row += 1) for (let column = 0; column < 3; column += 1) block('#7fa7c4', 315 + column * 45, 90 + row * 50, 26, 30);
  block('#f0b429', 90, 150, 34, 90);
  for (let i = 0; i < 9; i += 1) block(i % 2 ? '#ffffff' : '#d13b2e', 120 + i * 34, 158, 34, 13);
  block('#ffffff', 0, 268, 60, 6);
  block('#ffffff', 110, 268, 60, 6);
  block('#ffffff', 220, 268, 60, 6);
  block('#ffffff', 330, 268, 60, 6);
  draw.fillStyle = '#1b2421';
  draw.font = '22px sans-serif';
  draw.fillText('示例照片：入口升降杆', 18, 38);
  return encode(canvas, '示例照片.jpg');
}
