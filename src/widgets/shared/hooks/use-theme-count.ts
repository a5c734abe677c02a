import * as React from 'react';
import { useServices } from '../context';

/** A number that changes with JupyterLab's theme: a canvas does not take its colours from the style sheet by itself. */
export function useThemeCount(): number {
  const { themeChanged } = useServices();
  const [count, setCount] = React.useState(0);
  React.useEffect(() => {
    const listener = (): void => setCount(before => before + 1);
    themeChanged?.connect(listener);
    return () => {
      themeChanged?.disconnect(listener);
    };
  }, [themeChanged]);
  return count;
}
