import { defineConfig } from '@playwright/test'

// Every test starts the development build of the real program on a data folder
// of its own, and drives its window in Debian's Chromium. Measurements are no
// tests: they run when they are asked for (go run ./build measure keys).
const measure = process.env['MADOGUCHI_MEASURE'] !== undefined

export default defineConfig({
  testDir: '.',
  testMatch: measure ? '*.measure.ts' : '*.e2e.ts',
  outputDir: '../test-results/run',
  reporter: [['list'], ['json', { outputFile: '../test-results/e2e.json' }]],
  // Each test has a program, a display and a folder of its own.
  workers: 2,
  fullyParallel: false,
  forbidOnly: true,
  // The toolkit's development page loads itself again when its socket was slow
  // to open, which a busy machine does; a test that needed it is reported as flaky.
  retries: measure ? 0 : 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: {
    browserName: 'chromium',
    viewport: { width: 1366, height: 768 },
    locale: 'ja-JP',
    timezoneId: 'Asia/Tokyo',
    launchOptions: {
      executablePath: process.env['MADOGUCHI_CHROMIUM'] ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none'],
    },
  },
})
