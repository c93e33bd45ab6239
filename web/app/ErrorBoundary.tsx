import { Button } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../ui/EmptyState.tsx';

function Broken() {
  const { t } = useTranslation();
  return (
    <div role="alert">
      <EmptyState title={t('app.broken')} hint={t('app.brokenHint')}>
        <Button onClick={() => location.reload()}>{t('app.reload')}</Button>
      </EmptyState>
    </div>
  );
}

interface Props {
  readonly children: ReactNode;
  /** Another one is another try. */
  readonly address?: string;
}

/** Keeps a mistake of one page from taking the others along; also a part that could not be loaded. */
export class ErrorBoundary extends Component<Props, { broken: boolean }> {
  override state = { broken: false };
  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }
  override componentDidUpdate(before: Props): void {
    if (this.state.broken && before.address !== this.props.address) this.setState({ broken: false });
  }
  override render(): ReactNode {
    return this.state.broken ? <Broken /> : this.props.children;
  }
}
