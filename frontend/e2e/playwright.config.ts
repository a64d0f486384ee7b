import { defineConfig } from '@playwright/test'

// Every test drives the window of the real program's development build in Debian's
// Chromium. Measurements are no tests: they run when they are asked for (go run
// ./build measure keys).
const measure = process.env['MADOGUCHI_MEASURE'] !== undefined

/** The files with the tests that take longest: they look at many states. */
const long = /(printing|screens|states|office|letters|drill)\.e2e\.ts$/

export default defineConfig({
  testDir: '.',
  outputDir: '../test-results/run',
  reporter: [['list'], ['json', { outputFile: '../test-results/e2e.json' }]],
  // A test has a program and a folder of its own where it minds what was before it;
  // each worker has a display. The longest tests come first, so that the workers end
  // together.
  workers: 2,
  fullyParallel: true,
  projects: measure
    ? [{ name: 'measured', testMatch: '*.measure.ts' }]
    : [
        { name: 'long', testMatch: long },
        { name: 'short', testMatch: '*.e2e.ts', testIgnore: long },
      ],
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
      executablePath: process.env['MADOGUCHI_CHROMIUM'] ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none'],
    },
  },
})
