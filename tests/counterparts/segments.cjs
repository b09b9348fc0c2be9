// Reads a JSON list of texts, answers with their numbers of SMS segments.
const { SegmentedMessage } = require("sms-segments-calculator")
const texts = JSON.parse(require("fs").readFileSync(0, "utf8"))
process.stdout.write(JSON.stringify(texts.map((text) => new SegmentedMessage(text).segmentsCount)))
