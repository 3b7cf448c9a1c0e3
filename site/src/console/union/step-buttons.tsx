import { Button } from 'antd'
import { pageLanguage } from '../../language.ts'
import { setAsideText } from './set-aside.text.ts'

const w = setAsideText[pageLanguage()].allocations
type State = 'open' | 'frozen' | 'closed'

/** What can be done with money that is set aside: freeze it, resume it, or close it for good (`close` names that). Nothing where it is closed. */
export const StepButtons = ({ state, close, step }: { state: State; close: string; step: (to: State) => void }) =>
  state === 'closed' ? null : (
    <span className="row tight">
      <Button size="small" onClick={() => step(state === 'open' ? 'frozen' : 'open')}>
        {state === 'open' ? w.freeze : w.resume}
      </Button>
      <Button size="small" danger onClick={() => step('closed')}>
        {close}
      </Button>
    </span>
  )
