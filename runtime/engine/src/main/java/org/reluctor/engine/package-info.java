/** TODO */
package org.reluctor.engine;
