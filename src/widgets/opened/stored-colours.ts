/**
 * The colours of a bitmap that was not premultiplied, opaque: those under transparent pixels too,
 * which a canvas loses. WebGL hands them on; null where there is none, or the bitmap is too large for it.
 */
export function storedColours(bitmap: ImageBitmap): ImageData | null {
  const { width, height } = bitmap;
  const gl = new OffscreenCanvas(1, 1).getContext('webgl2');
  if (!gl) {
    return null;
  }
  gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, false);
  gl.pixelStorei(gl.UNPACK_COLORSPACE_CONVERSION_WEBGL, gl.NONE);
  const texture = gl.createTexture();
  gl.bindTexture(gl.TEXTURE_2D, texture);
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, bitmap);
  gl.bindFramebuffer(gl.FRAMEBUFFER, gl.createFramebuffer());
  gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, texture, 0);
  const pixels = new ImageData(width, height);
  const isWhole = gl.checkFramebufferStatus(gl.FRAMEBUFFER) === gl.FRAMEBUFFER_COMPLETE;
  gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, pixels.data);
  const isRead = isWhole && gl.getError() === gl.NO_ERROR;
  // The browser has few contexts to give.
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  for (let at = 3; at < pixels.data.length; at += 4) {
    pixels.data[at] = 255;
  }
  return isRead ? pixels : null;
}
