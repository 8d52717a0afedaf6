/**
 * The books of a fault test, kept without asking the runtime: which frames the broker took, which of them came out as
 * signals, and who lost what did not.
 */
package org.reluctor.devicetests.faults.ledger;
