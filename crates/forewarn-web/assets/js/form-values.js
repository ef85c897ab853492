// Reading a form into a plain object and back. Hidden fields stay as the page has them.
const kept = (form) => [...form.elements].filter((field) => field.name && !["hidden", "submit", "file"].includes(field.type));
const ticks = (field) => field.type === "radio" || field.type === "checkbox";

export function values(form) {
  return kept(form).map((field) => [field.name, field.value, ticks(field) ? field.checked : null]);
}

export function fill(form, saved) {
  for (const field of kept(form)) {
    const same = ([name, value]) => name === field.name && (!ticks(field) || value === field.value);
    const entry = saved.find(same);
    if (!entry) continue;
    if (ticks(field)) field.checked = entry[2];
    else field.value = entry[1];
  }
}

// A random id (UUID, version 4); crypto.randomUUID exists on secure origins only.
export function fresh() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
