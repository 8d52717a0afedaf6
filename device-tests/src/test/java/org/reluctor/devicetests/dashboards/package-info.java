/** The sample dashboard held against a running gateway by a real Prometheus. */
package org.reluctor.devicetests.dashboards;
