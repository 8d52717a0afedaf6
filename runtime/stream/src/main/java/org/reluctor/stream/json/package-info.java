/** The few messages that are JSON: one flat object each. Depends on the JDK only. */
package org.reluctor.stream.json;
