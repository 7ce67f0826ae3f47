// SPDX-License-Identifier: Apache-2.0
// Made by bindings/update.sh from the public headers. Do not edit.
import { module } from './classes.js';

export { constants } from './classes.js';
export const {
  Options,
  Store,
  Query,
  Act,
  Evidence,
  Use,
  Handle,
  Verification,
  Request,
  Watch,
  statusName,
  decisionName,
  className,
  operationName,
  reasonName,
  classValue,
  operationValue,
  storeRestore,
  storeRestoreAsync,
  erasureVerify,
  erasureVerifyAsync,
  reasonSource,
  endName,
  bundleCheck,
  bundleCheckAsync,
  bundleLint,
  bundleLintAsync,
  receiptVerify,
  receiptVerifyAsync,
  version,
} = module;
