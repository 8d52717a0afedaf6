/** What studies of training have in common: both clocks, curves, and the table of their runs. */
package org.reluctor.devicetests.study;
