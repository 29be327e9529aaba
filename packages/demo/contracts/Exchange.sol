// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Token} from "./Token.sol";

/// One customer's deposit address. Anyone may send tokens here; only the exchange moves them, and only to its hot wallet.
contract DepositAddress {
    Exchange public immutable exchange;

    error NotExchange();

    constructor() {
        exchange = Exchange(msg.sender);
    }

    function flush(Token token) external {
        if (msg.sender != address(exchange)) revert NotExchange();
        token.transfer(exchange.hotWallet(), token.balanceOf(address(this)));
    }
}

/// An exchange's on-chain side: it opens deposit addresses and sweeps them to its hot wallet. Deposits are tokens.
contract Exchange {
    address public immutable operator;
    address public immutable hotWallet;

    event DepositAddressOpened(DepositAddress deposit);

    error NotOperator();

    modifier onlyOperator() {
        if (msg.sender != operator) revert NotOperator();
        _;
    }

    constructor(address operator_, address hotWallet_) {
        operator = operator_;
        hotWallet = hotWallet_;
    }

    function openDepositAddress() external onlyOperator {
        emit DepositAddressOpened(new DepositAddress());
    }

    function sweep(DepositAddress deposit, Token token) external onlyOperator {
        deposit.flush(token);
    }
}
