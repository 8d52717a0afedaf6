/** TODO */
package org.reluctor.app;
