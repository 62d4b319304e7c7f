/** Converts a picture from SVG to PNG, by the browser. */

/** Twice the size that the SVG says, so that it stays sharp in a document. */
const SCALE = 2;

/** The picture as PNG. */
export async function png(svg: string): Promise<Blob> {
  const image = new Image();
  // A data URL: the page's policy allows no other image.
  image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth * SCALE;
  canvas.height = image.naturalHeight * SCALE;
  const context = canvas.getContext("2d");
  if (!context) throw new Error("the browser draws no pictures");
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("the browser makes no PNG"))), "image/png");
  });
}
