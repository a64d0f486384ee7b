export namespace app {
	
	export interface Answer {
	    key: string;
	    value: string;
	}
	export interface ChoiceView {
	    key: string;
	    value: string;
	    label: string;
	    code: string;
	    cap: string;
	}
	export interface QuestionView {
	    key: string;
	    label: string;
	    help: string;
	    kind: string;
	    choices: ChoiceView[];
	}
	export interface AnsweredView {
	    key: string;
	    label: string;
	    value: string;
	    words: string;
	    question: QuestionView;
	}
	export interface PaperAnswer {
	    document: string;
	    class: string;
	    of: string;
	    expiresOn: string;
	}
	export interface Asked {
	    answers: Answer[];
	    papers: PaperAnswer[];
	    caseNumber: string;
	}
	export interface CertificateView {
	    kind: string;
	    label: string;
	    state: string;
	    words: string;
	    renewal: string;
	}
	export interface PINView {
	    kind: string;
	    label: string;
	    state: string;
	    remaining: number;
	    limit: number;
	    words: string;
	}
	export interface CardView {
	    state: string;
	    readerWords: string;
	    action: string;
	    reader: string;
	    kind: string;
	    kindWords: string;
	    expiresWords: string;
	    pins: PINView[];
	    certificates: CertificateView[];
	}
	export interface CaseEventView {
	    at: string;
	    words: string;
	    operator: string;
	    note: string;
	}
	export interface CaseLineView {
	    caseNumber: string;
	    state: string;
	    stateWords: string;
	    procedure: string;
	    opened: string;
	    replyBy: string;
	    overdue: boolean;
	    due: string;
	}
	export interface ComparisonView {
	    label: string;
	    value: string;
	    with: string;
	    wrong: boolean;
	}
	export interface SourceView {
	    title: string;
	    lines: string;
	}
	export interface LineView {
	    id: string;
	    mark: string;
	    text: string;
	    extra: string[];
	    done: string;
	    status: string;
	    statusWords: string;
	    because: string[];
	    sources: SourceView[];
	}
	export interface SectionView {
	    id: string;
	    title: string;
	    lines: LineView[];
	}
	export interface PlanView {
	    outcome: string;
	    outcomeWords: string;
	    detail: string;
	    status: string;
	    statusWords: string;
	    complete: boolean;
	    municipality: string;
	    edition: string;
	    on: string;
	    sections: SectionView[];
	}
	export interface PersonView {
	    name: string;
	    alias: string;
	    postcode: string;
	    address: string[];
	    birthDate: string;
	    birth: string;
	    relation: string;
	}
	export interface CaseView {
	    line: CaseLineView;
	    holder: PersonView;
	    agent: PersonView;
	    memo: string;
	    plan: PlanView;
	    events: CaseEventView[];
	    next: ChoiceView[];
	    agreed: string[];
	    compare: ComparisonView[];
	}
	
	
	
	export interface CourseView {
	    id: string;
	    title: string;
	    about: string;
	    visitors: number;
	    minutes: number;
	}
	export interface DateView {
	    date: string;
	    words: string;
	}
	export interface DebriefLine {
	    topic: string;
	    verdict: string;
	    words: string;
	    points: number;
	    of: number;
	    text: string;
	    sources: SourceView[];
	}
	export interface QueueView {
	    title: string;
	    number: number;
	    of: number;
	    waiting: number;
	    minutes: number;
	    limit: number;
	}
	export interface DebriefView {
	    title: string;
	    trainee: string;
	    points: number;
	    of: number;
	    percent: number;
	    perfect: boolean;
	    time: string;
	    keystrokes: number;
	    teaches: string;
	    edition: string;
	    lines: DebriefLine[];
	    kept: boolean;
	    run: number;
	    next: boolean;
	    queue: QueueView;
	}
	export interface PaperView {
	    title: string;
	    of: string;
	    words: string;
	}
	export interface DeskView {
	    procedure: QuestionView;
	    also: ChoiceView[];
	    visitor: QuestionView;
	    answered: AnsweredView[];
	    questions: QuestionView[];
	    putAside: QuestionView[];
	    papers: PaperView[];
	    plan: PlanView;
	    warning?: counter.Problem;
	}
	export interface DrillChoice {
	    scenario: string;
	    trainee: string;
	    seed: number;
	    course: string;
	    visitors: number;
	    level: number;
	    every: number;
	    realReader: boolean;
	}
	export interface DrillEventView {
	    id: string;
	    says: string;
	    responses: ChoiceView[];
	    met: string;
	}
	export interface SeenView {
	    label: string;
	    words: string;
	}
	export interface SaidView {
	    question: string;
	    words: string;
	}
	export interface DrillView {
	    on: boolean;
	    title: string;
	    trainee: string;
	    opening: string;
	    said: SaidView[];
	    seen: SeenView[];
	    answers: Answer[];
	    askable: ChoiceView[];
	    bag: string[];
	    events: DrillEventView[];
	    papers: ChoiceView[];
	    outcomes: ChoiceView[];
	    pins: ChoiceView[];
	    entries: ChoiceView[];
	    notice: string;
	    hints: number;
	    stated: boolean;
	    paused: boolean;
	    printed: boolean;
	    hand: boolean;
	    minutes: number;
	    queue: QueueView;
	}
	export interface FindingView {
	    title: string;
	    state: string;
	    words: string;
	    says: string;
	    action: string;
	}
	export interface LetterInput {
	    holder: PersonView;
	    agent: PersonView;
	    replyBy: string;
	    protected: boolean;
	    baseForms: boolean;
	    byHand: string[];
	}
	
	export interface MailLineView {
	    caseNumber: string;
	    procedure: string;
	    words: string;
	    version: string;
	    late: boolean;
	    unprinted: boolean;
	    fault: string;
	}
	export interface MailBoxView {
	    id: string;
	    title: string;
	    action: string;
	    to: string;
	    again: boolean;
	    until: string;
	    empty: string;
	    lines: MailLineView[];
	}
	
	export interface MarkedView {
	    done: number;
	    failed: string[];
	    problem?: counter.Problem;
	}
	export interface PINCheckView {
	    ok: boolean;
	    reasons: string[];
	}
	export interface PINKindView {
	    kind: string;
	    label: string;
	    reading: string;
	    use: string;
	    format: string;
	}
	
	
	export interface PaperChoiceView {
	    label: string;
	    document: string;
	    class: string;
	    of: string;
	    expires: boolean;
	    reading: string;
	}
	export interface PaperTold {
	    id: string;
	    count: number;
	}
	
	
	
	export interface PrintView {
	    state: string;
	    title: string;
	    action: string;
	    ref: string;
	}
	export interface PrintedView {
	    caseNumber: string;
	    title: string;
	    path: string;
	    pages: number;
	    id: string;
	    print: PrintView;
	}
	export interface PurgeView {
	    days: number;
	    held: number;
	    people: number;
	    due: CaseLineView[];
	    stale: CaseLineView[];
	    allowed: boolean;
	    words: string;
	}
	
	
	export interface ResumeView {
	    asked: Asked;
	    case: CaseView;
	}
	export interface RuleRowView {
	    id: string;
	    cells: string[];
	    basis: string;
	    sources: string;
	    changed: boolean;
	}
	export interface RuleChangeView {
	    title: string;
	    beforeColumns: string[];
	    before: RuleRowView[];
	    afterColumns: string[];
	    after: RuleRowView[];
	}
	export interface RuleChangesView {
	    tables: RuleChangeView[];
	    examples: string[];
	    cases: string[];
	}
	
	export interface RuleSetView {
	    id: string;
	    title: string;
	    edition: string;
	    approved: boolean;
	    running: boolean;
	    words: string;
	    signed: string;
	    usable: boolean;
	}
	export interface RuleTableView {
	    title: string;
	    columns: string[];
	    rows: RuleRowView[];
	}
	export interface RunView {
	    number: number;
	    at: string;
	    title: string;
	    percent: number;
	    points: string;
	    time: string;
	    keystrokes: number;
	    hints: number;
	}
	
	export interface ScenarioView {
	    id: string;
	    title: string;
	    municipality: string;
	    procedure: string;
	    level: string;
	    opening: string;
	    variants: number;
	}
	
	
	export interface SettingView {
	    key: string;
	    label: string;
	    help: string;
	    kind: string;
	    text: string;
	    number: number;
	    on: boolean;
	    choices: ChoiceView[];
	    fixed: boolean;
	    allowed: boolean;
	}
	
	export interface StartView {
	    ready: boolean;
	    problem?: counter.Problem;
	    simulation: boolean;
	    municipality: string;
	    office: string;
	    edition: string;
	    approved: boolean;
	    operator: string;
	    today: string;
	    version: string;
	    lockMinutes: number;
	    asked: Asked;
	    restored: boolean;
	    restoredAs: string[];
	    notice?: counter.Problem;
	    case?: CaseView;
	    desk?: DeskView;
	    card: CardView;
	}
	export interface StatementInput {
	    outcome: string;
	    papers: PaperTold[];
	    pins: Answer[];
	    visits: number;
	    letter: boolean;
	    deadline: string;
	    accepted: string[];
	}
	export interface TraineeView {
	    name: string;
	    runs: number;
	    average: number;
	    first: number;
	    last: number;
	    perfect: number;
	    time: string;
	    weak: string;
	    finished: RunView[];
	}

}

export namespace counter {
	
	export interface Problem {
	    code: string;
	    title: string;
	    action: string;
	    ref: string;
	}

}

