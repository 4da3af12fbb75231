import { useState } from "react";

/** The value at the first rendering, whatever comes later. */
export function useLatch<Value>(value: Value): Value {
  return useState(value)[0];
}
