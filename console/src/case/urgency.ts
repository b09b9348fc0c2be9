/** Three shades of the ten priorities: 0 = now .. 9. */
export function urgency(priority: number): "now" | "soon" | "calm" {
  if (priority <= 1) return "now"
  return priority <= 4 ? "soon" : "calm"
}
