@echo off
rem Installs or upgrades Can Cu on Windows without a network: cai-dat.bat [--vao FOLDER]
setlocal
chcp 65001 >nul
set "HERE=%~dp0"
if not exist "%HERE%cai_dat.py" goto unpack
set "PY="
set "SUITS=import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))"
call :try py -3.13
call :try py -3.12
call :try py -3.11
call :try python
call :try python3
if not defined PY goto missing
%PY% -I "%HERE%cai_dat.py" %*
set "CODE=%ERRORLEVEL%"
pause
exit /b %CODE%

:try
if defined PY exit /b 0
%* -c "%SUITS%" >nul 2>nul
if errorlevel 1 exit /b 0
set "PY=%*"
exit /b 0

:missing
echo Cần Python 3.11, 3.12 hoặc 3.13 (64 bit) và chưa tìm thấy. Hãy cài Python rồi chạy lại.
echo Python 3.11, 3.12 or 3.13 (64-bit) is needed and was not found. Install it and run this again.
pause
exit /b 1

:unpack
echo Hãy giải nén toàn bộ tệp zip ra một thư mục rồi chạy cai-dat.bat trong thư mục đó.
echo Unpack the whole zip file into a folder first, then run cai-dat.bat in that folder.
pause
exit /b 1
