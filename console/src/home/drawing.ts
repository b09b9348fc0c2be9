/** The drawing library, a chunk of its own: it is fetched when the first chart comes into view. */

import { BarChart } from "echarts/charts"
import { GridComponent } from "echarts/components"
import { init, use } from "echarts/core"
import { CanvasRenderer } from "echarts/renderers"

use([BarChart, CanvasRenderer, GridComponent])

export { init }
