/** One part of the deployment. A queue cannot be asked without sending to it: that it is bound is all that is known. */
export type Probe = { component: string; ask: (() => Promise<void>) | 'configured' }
