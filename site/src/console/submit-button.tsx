import { Button, type ButtonProps } from 'antd'
import { useEffect, useRef, type ReactNode } from 'react'

/** The button that sends a form. While the form is busy and its fields are off, the keyboard waits here: a control that is switched off would lose it. */
export function SubmitButton({ busy, children, type = 'primary' }: { busy: boolean; children: ReactNode } & Pick<ButtonProps, 'type'>) {
  const own = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (busy) own.current?.focus({ preventScroll: true })
  }, [busy])
  return (
    <Button ref={own} type={type} htmlType="submit" loading={busy} disabled={false}>
      {children}
    </Button>
  )
}
