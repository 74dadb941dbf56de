/** Shown in place of a part of the page whose code failed; the rest goes on working. */
import { Component, type ReactNode } from 'react';
import { useTexts } from '../i18n/text.ts';

export class CrashBoundary extends Component<{ children: ReactNode }, { crashed: boolean }> {
  override state = { crashed: false };

  static getDerivedStateFromError() {
    return { crashed: true };
  }

  override render() {
    return this.state.crashed ? <CrashNotice /> : this.props.children;
  }
}

function CrashNotice() {
  const { errors } = useTexts();
  return (
    <div className="notice notice-error" role="alert">
      <strong>{errors.crashed}</strong>
      <p>{errors.crashedDo}</p>
      <button type="button" className="plain-button" onClick={() => location.reload()}>
        {errors.reload}
      </button>
    </div>
  );
}
