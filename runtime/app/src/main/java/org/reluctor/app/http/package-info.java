/** The operator's small HTTP server: metrics and health. */
package org.reluctor.app.http;
