// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

/// A counterfeit: it looks like a token and emits Transfer events, but nobody owns anything. Its maker names any two
/// addresses as sender and receiver, whether or not they ever acted.
contract FakeToken {
    string public name;
    string public symbol;
    uint8 public constant decimals = 6;

    event Transfer(address indexed from, address indexed to, uint256 value);

    constructor(string memory name_, string memory symbol_) {
        name = name_;
        symbol = symbol_;
    }

    function claim(address from, address to, uint256 value) external {
        emit Transfer(from, to, value);
    }

    function balanceOf(address) external pure returns (uint256) {
        return 0;
    }
}
