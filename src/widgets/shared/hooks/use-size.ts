import * as React from 'react';

/** The inner size of an element in CSS pixels, live. Size 0, which a hidden element has, is passed over. */
export function useSize(element: React.RefObject<HTMLElement | null>): { width: number; height: number } {
  const [size, setSize] = React.useState({ width: 300, height: 200 });
  React.useLayoutEffect(() => {
    const node = element.current;
    if (!node) {
      return;
    }
    const read = (): void => {
      const { clientWidth: width, clientHeight: height } = node;
      if (width > 0) {
        setSize(before => (before.width === width && before.height === height ? before : { width, height }));
      }
    };
    read();
    const observer = new ResizeObserver(read);
    observer.observe(node);
    return () => observer.disconnect();
  }, [element]);
  return size;
}
