/** TODO */
package org.reluctor.demo;
