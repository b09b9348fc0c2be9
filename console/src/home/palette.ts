/** The page's colours, as a canvas wants them. */

export interface Palette {
  ink: string
  soft: string
  line: string
  ground: string
  brand: string
  ages: string[]
  kept: string
  partial: string
  broken: string
  font: string
}

export function palette(element: HTMLElement): Palette {
  const style = getComputedStyle(element)
  const color = (name: string): string => style.getPropertyValue(`--${name}`).trim()
  return {
    ink: color("ink"),
    soft: color("soft"),
    line: color("line"),
    ground: color("paper"),
    brand: color("brand-2"),
    ages: [1, 2, 3, 4, 5].map((each) => color(`age-${each}`)),
    kept: color("kept"),
    partial: color("partial"),
    broken: color("broken"),
    font: style.fontFamily,
  }
}
