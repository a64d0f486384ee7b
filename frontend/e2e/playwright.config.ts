import { defineConfig } from '@playwright/test'

// Every test drives the window of the real program's development build in Debian's
// Chromium. Measurements are no tests: they run when they are asked for (go run
// ./build measure keys).
const measure = process.env['MADOGUCHI_MEASURE'] !== undefined

export default defineConfig({
  testDir: '.',
  testMatch: measure ? '*.measure.ts' : '*.e2e.ts',
  outputDir: '../test-results/run',
  reporter: [['list'], ['json', { outputFile: '../test-results/e2e.json' }]],
  // A test has a program and a folder of its own where it minds what was before it;
  // each worker has a display. Three, because a test also waits: for a key to be
  // slower than a scanner's, for a printer, for a program to start.
  workers: measure ? 1 : 3,
  fullyParallel: true,
  forbidOnly: true,
  // The toolkit's development page loads itself again when its socket was slow
  // to open, which a busy machine does; a test that needed it is reported as flaky.
  retries: measure ? 0 : 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: {
    actionTimeout: 15_000,
    browserName: 'chromium',
    viewport: { width: 1366, height: 768 },
    // The mark on what is new would ask for frames all the time while it stands.
    contextOptions: measure ? {} : { reducedMotion: 'reduce' },
    locale: 'ja-JP',
    timezoneId: 'Asia/Tokyo',
    launchOptions: {
      executablePath: process.env['MADOGUCHI_CHROMIUM'] ?? '/usr/bin/chromium-headless-shell',
      args: ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none'],
    },
  },
})
