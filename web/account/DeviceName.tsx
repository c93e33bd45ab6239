import { Group, Text } from '@mantine/core';
import { IconDeviceDesktop, IconDeviceMobile } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { describeAgent } from './describeAgent.ts';

/** What to call a device: its browser and system, as far as they are known. */
export function useDeviceName(): (agent: string | null) => string {
  const { t } = useTranslation();
  return (agent) => {
    const { program, system } = describeAgent(agent);
    if (program !== undefined && system !== undefined)
      return t('account.sessions.programOn', { program, system });
    return program ?? system ?? t('account.sessions.unknown');
  };
}

export function DeviceName({ agent }: { agent: string | null }) {
  const name = useDeviceName()(agent);
  const Icon = describeAgent(agent).isPhone ? IconDeviceMobile : IconDeviceDesktop;
  return (
    <Group gap="xs" wrap="nowrap" component="span">
      <Icon size={18} aria-hidden />
      <Text component="span" size="sm" fw={500}>
        {name}
      </Text>
    </Group>
  );
}
