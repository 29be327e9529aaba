// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Token} from "./Token.sol";

/// A constant-product pool of two tokens. Its reserves are its balances; 0.3 % of what a swap gives stays in the pool.
/// Liquidity cannot be taken out again: nobody in the script needs to, and what is absent cannot be wrong.
contract Pool {
    Token public immutable tokenA;
    Token public immutable tokenB;

    error UnknownToken();
    error TooLittleOut();

    constructor(Token tokenA_, Token tokenB_) {
        tokenA = tokenA_;
        tokenB = tokenB_;
    }

    function addLiquidity(uint256 amountA, uint256 amountB) external {
        tokenA.transferFrom(msg.sender, address(this), amountA);
        tokenB.transferFrom(msg.sender, address(this), amountB);
    }

    function swap(Token tokenIn, uint256 amountIn, uint256 minOut) external returns (uint256 amountOut) {
        bool givesA = address(tokenIn) == address(tokenA);
        if (!givesA && address(tokenIn) != address(tokenB)) revert UnknownToken();
        Token tokenOut = givesA ? tokenB : tokenA;
        uint256 counted = amountIn * 997;
        amountOut =
            (counted * tokenOut.balanceOf(address(this))) / (tokenIn.balanceOf(address(this)) * 1000 + counted);
        if (amountOut < minOut) revert TooLittleOut();
        tokenIn.transferFrom(msg.sender, address(this), amountIn);
        tokenOut.transfer(msg.sender, amountOut);
    }
}
