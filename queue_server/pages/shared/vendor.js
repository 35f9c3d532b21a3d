/** The browser code of others, under one name each, so that no page knows where it lives. */

export {
  html,
  h,
  render,
  Component,
  createContext,
  useState,
  useReducer,
  useEffect,
  useLayoutEffect,
  useRef,
  useMemo,
  useCallback,
  useContext,
  useErrorBoundary,
} from "/vendor/htm/preact/standalone.module.js";
