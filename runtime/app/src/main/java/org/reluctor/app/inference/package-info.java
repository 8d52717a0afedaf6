/** Networks applied to arrays, outside the gateway: on the device, or by the float64 reference. */
package org.reluctor.app.inference;
